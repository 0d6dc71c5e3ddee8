package dev.evenkeel.router.transaction;

import dev.evenkeel.partition.transaction.ItemPlace;

/** One item that a read transaction wants, and the group that has it. */
public record TransactionGet(int groupId, ItemPlace place) {}
