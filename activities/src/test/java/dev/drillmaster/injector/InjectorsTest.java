package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProcessTreeFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every mechanism that a plan can name has an injector, and every injector keeps the contract. */
@Tag("pure")
final class InjectorsTest {

  @Test
  void everyMechanismHasAnInjector() {
    Injectors all = Injectors.all();
    assertThat(Injectors.mechanisms(Fault.class)).contains(ProcessTreeFailure.class);
    assertThat(all.faults()).isEqualTo(Injectors.mechanisms(Fault.class));
  }

  @Test
  void everyMechanismHasAContractTest() throws Exception {
    Set<Class<?>> underContract = new HashSet<>();
    Contracts.all().forEach(contract -> underContract.add(contract.fault().getClass()));
    assertThat(underContract).isEqualTo(Injectors.mechanisms(Fault.class));
  }

  @Test
  void aMissingInjectorIsNoticedAtOnce() {
    assertThatThrownBy(() -> new Injectors(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ProcessTreeFailure");
  }
}
