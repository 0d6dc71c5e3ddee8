package dev.evenkeel.server.sdk;

import dev.evenkeel.server.Evenkeel;
import dev.evenkeel.server.EvenkeelBuilder;
import dev.evenkeel.server.ManualTicker;
import java.net.URI;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Gives all tests of a class the same three zones; after each, its tables are deleted. */
final class SharedZones implements AfterEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedZones.class);

    private final UnaryOperator<EvenkeelBuilder> settings;

    SharedZones(UnaryOperator<EvenkeelBuilder> settings) {
        this.settings = settings;
    }

    /** What the tests share. JUnit closes it with the class's own store. */
    private record Shared(Evenkeel evenkeel, ManualTicker ticker, DynamoDbClient client) implements AutoCloseable {
        static Shared open(EvenkeelBuilder builder) {
            var ticker = ManualTicker.running();
            var evenkeel = builder.ticker(ticker).start();
            return new Shared(
                    evenkeel,
                    ticker,
                    DynamoDbClient.builder()
                            .endpointOverride(evenkeel.endpoint())
                            .region(Region.of(evenkeel.region()))
                            .credentialsProvider(
                                    StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                            .overrideConfiguration(
                                    configuration -> configuration.addExecutionInterceptor(new Settling(evenkeel)))
                            .build());
        }

        @Override
        public void close() {
            client.close();
            evenkeel.close();
        }
    }

    /**
     * A read that need not be consistent is answered by any replica, which may be behind; that is the nature of zones. The
     * tests read what they have just written, so such reads wait here until all replicas have it.
     */
    private record Settling(Evenkeel evenkeel) implements ExecutionInterceptor {
        private static final Set<Class<?>> READS =
                Set.of(GetItemRequest.class, BatchGetItemRequest.class, QueryRequest.class, ScanRequest.class);

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (READS.contains(context.request().getClass())) {
                evenkeel.awaitIndexes();
            }
        }
    }

    private Shared shared(ExtensionContext context) {
        var ofClass = context;
        while (ofClass.getTestMethod().isPresent()) {
            ofClass = ofClass.getParent().orElseThrow();
        }
        return ofClass.getStore(NAMESPACE)
                .computeIfAbsent(
                        Shared.class,
                        _ -> Shared.open(settings.apply(Evenkeel.builder().zones(3))),
                        Shared.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var client = shared(context).client;
        client.listTablesPaginator()
                .tableNames()
                .forEach(name -> client.deleteTable(request -> request.tableName(name)));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return context.getTestMethod().isPresent()
                && (type == Evenkeel.class
                        || type == URI.class
                        || type == ManualTicker.class
                        || type == DynamoDbClient.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var shared = shared(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == Evenkeel.class) {
            return shared.evenkeel;
        }
        if (type == ManualTicker.class) {
            return shared.ticker;
        }
        return type == URI.class ? shared.evenkeel.endpoint() : shared.client;
    }
}
