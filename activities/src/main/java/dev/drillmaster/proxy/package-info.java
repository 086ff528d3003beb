/** The control side of the drill proxy: what recovery steps and injectors ask of it. */
@NullMarked
package dev.drillmaster.proxy;

import org.jspecify.annotations.NullMarked;
