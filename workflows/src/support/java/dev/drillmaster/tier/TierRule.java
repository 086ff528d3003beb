package dev.drillmaster.tier;

import java.util.List;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * The house rule that a test class has exactly one tier. A class that breaks it stops all tests
 * before the first one, because a test that belongs to no tier would be in no summary and in
 * nobody's choice of what to run.
 */
public final class TierRule implements PostDiscoveryFilter {

  /** Includes everything that keeps the rule. */
  @Override
  public FilterResult apply(TestDescriptor descriptor) {
    boolean isClass = descriptor.getSource().filter(ClassSource.class::isInstance).isPresent();
    List<String> tiers = tiers(descriptor);
    if ((isClass || descriptor.isTest()) && tiers.size() != 1) {
      throw new IllegalStateException(
          name(descriptor)
              + " must have exactly one tier but has "
              + tiers
              + ": tag its class with one of "
              + Tier.NAMES
              + ", e.g. @Tag(\"pure\") (or @ArchTag for rules of ArchUnit)");
    }
    return FilterResult.included("one tier");
  }

  private static List<String> tiers(TestDescriptor descriptor) {
    return descriptor.getTags().stream()
        .map(TestTag::getName)
        .filter(Tier.NAMES::contains)
        .toList();
  }

  private static String name(TestDescriptor descriptor) {
    TestSource source = descriptor.getSource().orElse(null);
    if (source instanceof ClassSource type) {
      return type.getClassName();
    }
    return source instanceof MethodSource method
        ? method.getClassName() + "." + method.getMethodName()
        : descriptor.getUniqueId().toString();
  }
}
