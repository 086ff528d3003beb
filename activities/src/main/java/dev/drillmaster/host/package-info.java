/** The activities of a host, as Temporal calls them: thin covers over what the host does. */
@NullMarked
package dev.drillmaster.host;

import org.jspecify.annotations.NullMarked;
