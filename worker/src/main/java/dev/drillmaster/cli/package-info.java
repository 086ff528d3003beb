/** The command line: parse, call, print. */
@NullMarked
package dev.drillmaster.cli;

import org.jspecify.annotations.NullMarked;
