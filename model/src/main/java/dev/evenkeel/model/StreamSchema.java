package dev.evenkeel.model;

/**
 * What the data path needs to know of a table's change stream while it is on.
 *
 * @param id when it was switched on, in milliseconds since the epoch: no two streams of one table have the same
 * @param keepsNew whether records carry the item as it was after the change
 * @param keepsOld whether they carry it as it was before
 */
public record StreamSchema(long id, boolean keepsNew, boolean keepsOld) {}
