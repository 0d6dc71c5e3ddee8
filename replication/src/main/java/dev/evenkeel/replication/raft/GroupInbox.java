package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.rpc.Connection;
import com.alipay.sofa.jraft.rpc.RaftServerService;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcRequestClosure;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.ErrorResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.InstallSnapshotRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.InstallSnapshotResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.ReadIndexRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.ReadIndexResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowResponse;
import com.alipay.sofa.jraft.rpc.RpcResponseClosureAdapter;
import com.alipay.sofa.jraft.util.RpcFactoryHelper;
import com.google.protobuf.Message;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one replica is sent. Entries are taken in the order in which they came; nothing else has an order. */
final class GroupInbox {
    private final RaftServerService service;
    private final VoteGuard guard;
    private final Executor threads;
    private final Executor appends;
    private volatile boolean failed;

    /** The answer of a replica that has failed. */
    private static final Message FAILED = ErrorResponse.newBuilder()
            .setErrorCode(RaftError.EHOSTDOWN.getNumber())
            .setErrorMsg("this replica has failed")
            .build();

    GroupInbox(RaftServerService service, VoteGuard guard, Executor threads) {
        this.service = service;
        this.guard = guard;
        this.threads = threads;
        this.appends = new SerialExecutor(threads);
    }

    /**
     * The engine has given this replica up: nothing reaches it any more. It would complain of every message, and each leader
     * would go on asking as often as it asks one that lives; see {@link GroupMessages}.
     */
    void fail() {
        failed = true;
    }

    /** Whether that is the answer of a replica that has failed. */
    static boolean isFailed(Message answer) {
        return answer instanceof ErrorResponse error && error.getErrorCode() == RaftError.EHOSTDOWN.getNumber();
    }

    CompletableFuture<RaftMessage> receive(RaftMessage message) {
        if (failed) {
            return CompletableFuture.completedFuture(RaftMessage.of(FAILED));
        }
        return switch (message.body()) {
            case AppendEntriesRequest request ->
                answered(
                        appends,
                        AppendEntriesResponse.getDefaultInstance(),
                        done -> append(request, message.handover(), done));
            case RequestVoteRequest request ->
                answered(
                        threads,
                        RequestVoteResponse.getDefaultInstance(),
                        _ -> request.getPreVote()
                                ? service.handlePreVoteRequest(request)
                                : vote(request, message.handover()));
            case InstallSnapshotRequest request ->
                answered(threads, InstallSnapshotResponse.getDefaultInstance(), done -> {
                    guard.heard(request.getTerm(), 0);
                    return service.handleInstallSnapshot(request, done);
                });
            case TimeoutNowRequest request ->
                answered(threads, TimeoutNowResponse.getDefaultInstance(), done -> {
                    guard.handedOver(request.getTerm(), message.handover());
                    return service.handleTimeoutNowRequest(request, done);
                });
            case ReadIndexRequest request ->
                answered(threads, ReadIndexResponse.getDefaultInstance(), done -> {
                    service.handleReadIndexRequest(request, readIndex(done));
                    return null;
                });
            default -> CompletableFuture.failedFuture(new IllegalArgumentException("not for a replica"));
        };
    }

    /** The promise is made before the answer that the leader's lease rests on. */
    private @Nullable Message append(AppendEntriesRequest request, int handoversGivenUp, RpcRequestClosure done) {
        if (failed) { // while it was waiting for its turn
            return FAILED;
        }
        guard.heard(request.getTerm(), handoversGivenUp);
        return service.handleAppendEntriesRequest(request, done);
    }

    /**
     * Looked at again before the answer leaves: the leader may have been heard, and answered, before the engine took the
     * candidate's term. Behind that it answers no leader of an earlier term.
     */
    private Message vote(RequestVoteRequest request, int handover) {
        if (guard.mayVote(request.getTerm(), handover)) {
            var answer = service.handleRequestVoteRequest(request);
            if (guard.mayVote(request.getTerm(), handover)) {
                return answer;
            }
        }
        return RpcFactoryHelper.responseFactory()
                .newResponse(
                        RequestVoteResponse.getDefaultInstance(),
                        RaftError.EPERM,
                        "This voter has heard its leader, or may have before its restart");
    }

    private static RpcResponseClosureAdapter<ReadIndexResponse> readIndex(RpcRequestClosure done) {
        return new RpcResponseClosureAdapter<>() {
            @Override
            public void run(Status status) {
                if (getResponse() != null) {
                    done.sendResponse(getResponse());
                } else {
                    done.run(status);
                }
            }
        };
    }

    /** @param handler answers at once, or returns null and answers through the closure */
    static CompletableFuture<RaftMessage> answered(
            Executor executor, Message defaultAnswer, Function<RpcRequestClosure, @Nullable Message> handler) {
        var answer = new CompletableFuture<RaftMessage>();
        executor.execute(() -> {
            try {
                var done = new RpcRequestClosure(new Reply(answer), defaultAnswer);
                var response = handler.apply(done);
                if (response != null) {
                    answer.complete(RaftMessage.of(response));
                }
            } catch (RuntimeException | Error failed) { // the sender must not wait for its timeout
                answer.completeExceptionally(failed);
            }
        });
        return answer;
    }

    private record Reply(CompletableFuture<RaftMessage> answer) implements RpcContext {
        @Override
        public void sendResponse(Object response) {
            answer.complete(RaftMessage.of((Message) response));
        }

        @Override
        public @Nullable Connection getConnection() {
            return null;
        }

        @Override
        public String getRemoteAddress() {
            return "";
        }
    }
}
