package dev.drillmaster.wire;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.drillmaster.agent.AgentEvent;
import dev.drillmaster.campaign.CampaignEvent;
import dev.drillmaster.drill.Compensation;
import dev.drillmaster.drill.RunEvent;
import dev.drillmaster.drill.Step;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.guard.GuardEvent;
import dev.drillmaster.injection.InjectionEvent;
import dev.drillmaster.steadystate.Probe;
import dev.drillmaster.stop.StopEvent;
import java.time.Duration;
import java.util.List;

/**
 * The one mapper between our records and JSON. Plans, Temporal's history and the ledger share it,
 * so that there are no twins of a record that could drift apart.
 */
public final class Wire {

  private static final List<Class<?>> FAMILIES =
      List.of(
          Fault.class,
          Probe.class,
          Step.class,
          Compensation.class,
          InjectionEvent.class,
          RunEvent.class,
          CampaignEvent.class,
          GuardEvent.class,
          StopEvent.class,
          AgentEvent.class);

  private static final ObjectMapper JSON = configure(JsonMapper.builder()).build();

  private Wire() {}

  /**
   * The mapper for JSON. It ignores unknown fields, because an older worker may read what a newer
   * one wrote.
   */
  public static ObjectMapper json() {
    return JSON;
  }

  /** Gives a mapper of another text format (YAML) the same rules. */
  public static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B configure(B builder) {
    SimpleModule ours = new SimpleModule("drillmaster");
    ours.addSerializer(Duration.class, new DurationText.Serializer());
    ours.addDeserializer(Duration.class, new DurationText.Deserializer());
    FAMILIES.forEach(family -> registerNamed(family, ours));
    return builder
        .addModule(new JavaTimeModule())
        .addModule(ours)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        // Same record, same bytes: digests of plans and canonical bytes of audit rows depend on it.
        .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  }

  /**
   * {@code permits} is the only list of mechanisms, steps and so on: names are read from the
   * permitted records.
   */
  private static void registerNamed(Class<?> type, SimpleModule module) {
    if (type.isAnnotationPresent(JsonTypeName.class)) {
      module.registerSubtypes(type);
    }
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        registerNamed(permitted, module);
      }
    }
  }
}
