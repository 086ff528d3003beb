/** The ledger service of the lab: the system under test that books transfers. */
@NullMarked
package dev.drillmaster.lab.service;

import org.jspecify.annotations.NullMarked;
