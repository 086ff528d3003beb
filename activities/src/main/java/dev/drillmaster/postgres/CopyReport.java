package dev.drillmaster.postgres;

import java.time.Duration;

/**
 * What a copy of a running server was.
 *
 * @param from where replaying the copy's log begins
 * @param to where the copy is consistent
 * @param files how many were copied
 * @param vanished how many were removed by the server while they were copied, which is no loss: the
 *     log tells the copy so
 * @param bytes copied
 * @param took all of it, the checkpoint of the server included
 */
public record CopyReport(Lsn from, Lsn to, int files, int vanished, long bytes, Duration took) {}
