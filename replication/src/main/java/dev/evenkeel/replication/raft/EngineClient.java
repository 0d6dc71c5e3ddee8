package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.ReplicatorGroup;
import com.alipay.sofa.jraft.error.InvokeTimeoutException;
import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.option.RpcOptions;
import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.InvokeContext;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.util.Endpoint;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One replica's requests to other nodes, as the engine makes them. */
final class EngineClient implements RpcClient {
    /** Set by {@link #init}, before any other call. */
    private @Nullable GroupMessages messages;

    @Override
    public boolean init(RpcOptions options) {
        messages = ((EngineOptions) options).messages();
        return true;
    }

    private GroupMessages messages() {
        var current = messages;
        if (current == null) {
            throw new IllegalStateException("not initialised");
        }
        return current;
    }

    /**
     * Always: were the answer no, the engine would send a ping and wait for it, with the replica's lock held, in the
     * middle of an election that other nodes may decide. A message that cannot be sent fails at once.
     */
    @Override
    public boolean checkConnection(Endpoint endpoint) {
        return true;
    }

    @Override
    public boolean checkConnection(Endpoint endpoint, boolean createIfAbsent) {
        return checkConnection(endpoint);
    }

    @Override
    public void closeConnection(Endpoint endpoint) {
        // connections belong to the node
    }

    @Override
    public void registerConnectEventListener(ReplicatorGroup replicatorGroup) {
        // replicators find out by themselves
    }

    @Override
    public Object invokeSync(Endpoint endpoint, Object request, InvokeContext context, long timeoutMs)
            throws InterruptedException, RemotingException {
        try {
            return send(endpoint, request, timeoutMs).get();
        } catch (ExecutionException failed) {
            throw translated(failed.getCause());
        }
    }

    @Override
    public void invokeAsync(
            Endpoint endpoint, Object request, InvokeContext context, InvokeCallback callback, long timeoutMs) {
        var executor = callback.executor();
        send(endpoint, request, timeoutMs)
                .whenCompleteAsync(
                        (answer, failure) -> callback.complete(answer, failure == null ? null : translated(failure)),
                        executor == null ? Runnable::run : executor);
    }

    private CompletableFuture<Message> send(Endpoint endpoint, Object request, long timeoutMs) {
        return messages().send(endpoint.getIp(), (Message) request, Duration.ofMillis(timeoutMs));
    }

    private static RemotingException translated(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException
                ? new InvokeTimeoutException("no answer in time")
                : new RemotingException(String.valueOf(cause));
    }

    @Override
    public void shutdown() {
        // nothing of its own
    }
}
