package dev.drillmaster.injector;

import dev.drillmaster.proxy.NetworkRule;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Which rule was, or was about to be, set on which route.
 *
 * @param proxy the directory of the proxy
 * @param route the name of the route
 * @param rule the rule, with the injection's id
 * @param lease how long the proxy keeps it without renewal
 */
record RouteUndo(Path proxy, String route, NetworkRule rule, Duration lease) {}
