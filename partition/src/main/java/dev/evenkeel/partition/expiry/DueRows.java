package dev.evenkeel.partition.expiry;

import java.util.List;

/**
 * The first entries of a stretch of time, in order.
 *
 * @param nextSecond of the first entry behind them, in that stretch or later; {@link Long#MAX_VALUE} when there is none
 */
public record DueRows(List<ExpiryRow> rows, long nextSecond) {
    public DueRows {
        rows = List.copyOf(rows);
    }
}
