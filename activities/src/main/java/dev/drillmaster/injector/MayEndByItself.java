package dev.drillmaster.injector;

/**
 * A mechanism whose effect may go without anybody healing it: the kernel kills what uses up its
 * memory, somebody deletes a file that takes all space. Its target is looked at while the fault is
 * held, about as often as the lease is renewed, and the hold ends as soon as the effect is not
 * seen. What goes between the last look and the heal stays unnoticed. Looking must be cheap, and
 * must be done within a fraction of the lease.
 *
 * <p>Not for all: what a recovery does to a killed service is wanted, and no end of the fault.
 */
interface MayEndByItself {}
