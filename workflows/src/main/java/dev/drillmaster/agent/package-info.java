/** Agents: the workers on the hosts of targets, who they are and whether they answer. */
@NullMarked
package dev.drillmaster.agent;

import org.jspecify.annotations.NullMarked;
