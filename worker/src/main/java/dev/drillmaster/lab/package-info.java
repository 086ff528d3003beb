/**
 * The lab: a small real system to practise on. {@link dev.drillmaster.lab.Lab} brings it up, looks
 * at it and takes it down; the programs that it consists of are in the packages below.
 */
@NullMarked
package dev.drillmaster.lab;

import org.jspecify.annotations.NullMarked;
