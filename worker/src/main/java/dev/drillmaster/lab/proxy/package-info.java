/**
 * The drill proxy: a process that forwards TCP over named routes and can be told to send a route
 * elsewhere. Network faults are channel handlers placed in front of a {@link
 * dev.drillmaster.lab.proxy.Relay}.
 */
@NullMarked
package dev.drillmaster.lab.proxy;

import org.jspecify.annotations.NullMarked;
