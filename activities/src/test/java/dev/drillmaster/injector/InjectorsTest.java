package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProcessTreeFailure;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
    assertThat(mechanismsUnderContract()).isEqualTo(Injectors.mechanisms(Fault.class));
  }

  @Test
  void aMissingInjectorIsNoticedAtOnce() {
    assertThatThrownBy(() -> new Injectors(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ProcessTreeFailure");
  }

  private static Set<Class<?>> mechanismsUnderContract() throws Exception {
    Path classes =
        Path.of(InjectorsTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<Class<?>> found = new HashSet<>();
    try (Stream<Path> files = Files.walk(classes.resolve("dev/drillmaster"))) {
      for (Path file : files.filter(each -> each.toString().endsWith("Test.class")).toList()) {
        String name = classes.relativize(file).toString().replace('/', '.');
        Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
        if (InjectorContract.class.isAssignableFrom(type)
            && !Modifier.isAbstract(type.getModifiers())) {
          Constructor<?> constructor = type.getDeclaredConstructor();
          constructor.setAccessible(true);
          found.add(((InjectorContract<?>) constructor.newInstance()).fault().getClass());
        }
      }
    }
    return found;
  }
}
