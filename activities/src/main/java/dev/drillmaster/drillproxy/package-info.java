/**
 * The drill proxy: a process that forwards TCP over named routes and can be told to send a route
 * elsewhere. Network faults are {@link dev.drillmaster.drillproxy.Rules} of a route, which its
 * {@link dev.drillmaster.drillproxy.Flow}s obey; lies are told in between, by {@link
 * dev.drillmaster.drillproxy.Exchanges}.
 */
@NullMarked
package dev.drillmaster.drillproxy;

import org.jspecify.annotations.NullMarked;
