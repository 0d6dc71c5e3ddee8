package dev.evenkeel.server;

import java.net.URI;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test an empty database of its own, in memory, and closes it afterwards. Tests, {@code @BeforeEach} methods
 * and the like take what they need as parameters: an {@link Evenkeel}, its endpoint as {@link URI}, its
 * {@link ManualTicker}, and with the AWS SDK on the class path a {@code DynamoDbClient}.
 *
 * {@snippet :
 * @ExtendWith(EvenkeelExtension.class)
 * class OrdersTest {
 *     @Test
 *     void keepsOrders(DynamoDbClient client) {}
 * }
 * }
 */
public final class EvenkeelExtension implements BeforeEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(EvenkeelExtension.class);
    private static final String SDK_CLIENT = "software.amazon.awssdk.services.dynamodb.DynamoDbClient";

    private final UnaryOperator<EvenkeelBuilder> settings;

    /** Databases as {@link Evenkeel#start} makes them. */
    public EvenkeelExtension() {
        this(UnaryOperator.identity());
    }

    /** For {@code @RegisterExtension}. @param settings applied to the builder of each database */
    public EvenkeelExtension(UnaryOperator<EvenkeelBuilder> settings) {
        this.settings = settings;
    }

    /** What one test has. JUnit closes it with the test's own store. */
    private record Environment(Evenkeel evenkeel, ManualTicker ticker) implements AutoCloseable {
        @Override
        public void close() {
            evenkeel.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        environment(context);
    }

    private Environment environment(ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(Environment.class, _ -> newEnvironment(), Environment.class);
    }

    private Environment newEnvironment() {
        var ticker = ManualTicker.running();
        return new Environment(settings.apply(Evenkeel.builder().ticker(ticker)).start(), ticker);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return context.getTestMethod().isPresent()
                && (type == Evenkeel.class
                        || type == URI.class
                        || type == ManualTicker.class
                        || type.getName().equals(SDK_CLIENT));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Environment environment = environment(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == Evenkeel.class) {
            return environment.evenkeel();
        }
        if (type == URI.class) {
            return environment.evenkeel().endpoint();
        }
        if (type == ManualTicker.class) {
            return environment.ticker();
        }
        return context.getStore(NAMESPACE)
                .computeIfAbsent(SDK_CLIENT, _ -> SdkClients.client(environment.evenkeel()), AutoCloseable.class);
    }
}
