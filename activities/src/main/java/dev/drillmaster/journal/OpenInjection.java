package dev.drillmaster.journal;

import dev.drillmaster.injection.InjectionSpec;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An injection that this host began and has not seen healed.
 *
 * @param id its identity
 * @param spec its intent, or null if that cannot be read
 * @param problem why the intent cannot be read, or null
 */
public record OpenInjection(UUID id, @Nullable InjectionSpec spec, @Nullable String problem) {}
