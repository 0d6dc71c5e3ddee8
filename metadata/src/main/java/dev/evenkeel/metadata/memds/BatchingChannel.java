package dev.evenkeel.metadata.memds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Puts lookups into fewer messages: one message is under way at a time, and what is asked meanwhile goes into the next. A
 * lookup that comes alone leaves at once, so nothing waits for a clock; under load a message carries as many lookups as
 * came in one round trip. Servers still do every lookup; what is saved is the messages, which cost far more.
 *
 * <p>For lookups only. What comes from a server that stays silent fails together, when its message does.
 */
public final class BatchingChannel implements MemdsChannel {
    /** Some milliseconds of a busy router; a server is done with them in a fraction of one. */
    private static final int BATCH_MAX = 256;

    /** Of a server this far behind nothing is to be had in time. */
    private static final int WAITING_MAX = 16 * BATCH_MAX;

    private record Question(byte[] request, CompletableFuture<byte[]> answer) {}

    private final MemdsChannel channel;
    private final ArrayDeque<Question> waiting = new ArrayDeque<>(); // guarded by this
    private boolean underWay; // guarded by this

    public BatchingChannel(MemdsChannel channel) {
        this.channel = channel;
    }

    @Override
    public CompletableFuture<byte[]> ask(byte[] request) {
        var question = new Question(request, new CompletableFuture<>());
        synchronized (this) {
            if (waiting.size() >= WAITING_MAX) {
                return CompletableFuture.failedFuture(
                        new IllegalStateException(WAITING_MAX + " lookups wait for this server"));
            }
            waiting.add(question);
            if (underWay) {
                return question.answer;
            }
            underWay = true;
        }
        sendWaiting();
        return question.answer;
    }

    /** Only the thread that has made a message be under way, or saw its answer, is here. */
    private void sendWaiting() {
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            var answered = send(batch);
            if (!answered.isDone()) {
                answered.thenRun(this::sendWaiting);
                return;
            }
        }
    }

    private synchronized List<Question> next() {
        var batch = new ArrayList<Question>(Math.min(waiting.size(), BATCH_MAX));
        while (batch.size() < BATCH_MAX && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        underWay = !batch.isEmpty();
        return batch;
    }

    /** Complete, and never a failure, when everybody has been told. */
    private CompletableFuture<Void> send(List<Question> batch) {
        return batch.size() == 1
                ? channel.ask(batch.getFirst().request)
                        .handle((answer, failure) -> tell(batch.getFirst(), answer, failure))
                : channel.ask(Messages.lookups(
                                batch.stream().map(Question::request).toList()))
                        .thenApply(answer -> answers(answer, batch.size()))
                        .handle((answers, failure) -> tellAll(batch, answers, failure));
    }

    private static List<byte[]> answers(byte[] answer, int count) {
        var answers = Messages.decode(answer, Messages::readLookupsAnswer);
        if (answers.size() != count) {
            throw new CorruptMessageException(answers.size() + " answers to " + count + " lookups");
        }
        return answers;
    }

    private static @Nullable Void tellAll(
            List<Question> batch, @Nullable List<byte[]> answers, @Nullable Throwable failure) {
        for (int i = 0; i < batch.size(); i++) {
            tell(batch.get(i), answers == null ? null : answers.get(i), failure);
        }
        return null;
    }

    private static @Nullable Void tell(Question question, byte @Nullable [] answer, @Nullable Throwable failure) {
        if (answer == null) {
            question.answer.completeExceptionally(
                    failure == null ? new IllegalStateException("no answer and no reason") : failure);
        } else {
            question.answer.complete(answer);
        }
        return null;
    }
}
