package dev.drillmaster.policy;

import dev.drillmaster.injection.InjectionSpec;
import java.util.Optional;

/**
 * What a host lets be done to it. It is asked before something is done; whoever heals or rolls back
 * does not ask, so that a policy that was narrowed meanwhile keeps nothing from being put right.
 */
public interface Policy {

  /** The policy of the lab, which is there to be acted on. */
  Policy EVERYTHING =
      new Policy() {
        @Override
        public Optional<String> refusal(InjectionSpec injection) {
          return Optional.empty();
        }

        @Override
        public Optional<String> refusalOfSteps() {
          return Optional.empty();
        }

        @Override
        public String digest() {
          return "everything";
        }
      };

  /** Why a fault may not be injected, and which line would allow it; empty if it may. */
  Optional<String> refusal(InjectionSpec injection);

  /** The same for recovery steps. */
  Optional<String> refusalOfSteps();

  /** Two policies with the same digest allow the same. */
  String digest();
}
