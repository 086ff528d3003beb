package dev.drillmaster.tier;

/**
 * The JVM arguments of the Java processes that a test starts. Those of the coverage stay: a test
 * that took them away would leave all that the tests after it cover in their children uncounted.
 */
public final class ChildArguments implements AutoCloseable {

  /** Read by whoever starts a process of ours. */
  static final String PROPERTY = "drillmaster.childJvmArgs";

  private final String before = System.getProperty(PROPERTY, "");

  private ChildArguments() {}

  /** Children get this argument, too, until it is closed. */
  public static ChildArguments with(String argument) {
    ChildArguments arguments = new ChildArguments();
    System.setProperty(PROPERTY, (arguments.before + " " + argument).strip());
    return arguments;
  }

  @Override
  public void close() {
    System.setProperty(PROPERTY, before);
  }
}
