/**
 * Operating-system processes on this host: who they are, starting them apart from us, signalling
 * them. Linux only.
 */
@NullMarked
package dev.drillmaster.process;

import org.jspecify.annotations.NullMarked;
