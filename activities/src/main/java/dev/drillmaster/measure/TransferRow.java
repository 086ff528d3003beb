package dev.drillmaster.measure;

import java.util.UUID;

/** What identifies a row of the transfer table; the same row may be there more than once. */
public record TransferRow(UUID id, long sequence) {}
