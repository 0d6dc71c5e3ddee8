package dev.evenkeel.server;

import dev.evenkeel.api.Operation;
import dev.evenkeel.http.DynamoHandler;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A node that is being opened: requests wait until it is. */
final class OpeningNode implements DynamoHandler.Executor {
    private final CountDownLatch decided = new CountDownLatch(1);

    /** Null while the node opens, and for ever when it cannot. */
    private volatile @Nullable Database node;

    void opened(Database ready) {
        node = ready;
        decided.countDown();
    }

    void failed() {
        decided.countDown();
    }

    @Override
    public <I, O> O execute(Operation<I, O> operation, I input) {
        Database ready = node;
        return (ready == null ? awaited() : ready).execute(operation, input);
    }

    Optional<byte[]> page(String path) {
        Database ready = node;
        return ready == null ? Optional.empty() : ready.page(path);
    }

    private Database awaited() {
        try {
            decided.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Database ready = node;
        if (ready == null) {
            throw new DynamoException(ErrorCode.SERVICE_UNAVAILABLE, "The database is not available");
        }
        return ready;
    }
}
