/** The network of a Linux host, by the tools of its system: nft(8), tc(8) and ip(8). */
@NullMarked
package dev.drillmaster.network;

import org.jspecify.annotations.NullMarked;
