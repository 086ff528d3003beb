/**
 * PostgreSQL servers on this host: installed from the class path, initialised, started, observed,
 * copied, promoted, demoted. Nothing is remembered between calls: all that is known about a server
 * is read from its home directory and from the processes that work in its data directory, so that
 * whoever comes after us finds it again. Linux only.
 *
 * <p>Where to begin: {@link dev.drillmaster.postgres.PostgresServer} is one server, {@link
 * dev.drillmaster.postgres.Replication} makes one the standby of another, {@link
 * dev.drillmaster.postgres.RoleChange} promotes and hands over.
 */
@NullMarked
package dev.drillmaster.postgres;

import org.jspecify.annotations.NullMarked;
