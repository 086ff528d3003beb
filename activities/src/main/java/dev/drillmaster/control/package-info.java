/**
 * How we talk to small processes of our own on this host: HTTP on 127.0.0.1 with a bearer token
 * from a private file, and an address file that says where a process listens and which one it is.
 */
@NullMarked
package dev.drillmaster.control;

import org.jspecify.annotations.NullMarked;
