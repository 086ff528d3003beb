package dev.drillmaster.agent;

import dev.drillmaster.injection.HealReport;
import java.util.UUID;

/**
 * A fault that is over, as the journal of its host tells.
 *
 * @param id the injection
 * @param heal how it ended
 */
public record HealedInjection(UUID id, HealReport heal) {}
