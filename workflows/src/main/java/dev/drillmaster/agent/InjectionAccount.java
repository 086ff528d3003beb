package dev.drillmaster.agent;

import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.Injected;
import dev.drillmaster.injection.InjectionSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One injection, as the journal of its host tells it.
 *
 * @param spec what was intended
 * @param intendedAt when that was written down, on the host's clock
 * @param injected what was seen when it was injected; null if it did not get so far
 * @param healed how it ended; null if the journal holds it open
 */
public record InjectionAccount(
    InjectionSpec spec,
    Instant intendedAt,
    @Nullable Injected injected,
    @Nullable HealReport healed) {}
