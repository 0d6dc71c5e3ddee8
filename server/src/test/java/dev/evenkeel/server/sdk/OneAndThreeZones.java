package dev.evenkeel.server.sdk;

import dev.evenkeel.server.EvenkeelBuilder;
import dev.evenkeel.server.EvenkeelExtension;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs a class of tests against one node and against three zones: whoever uses a database cannot tell which it is. The
 * node is new for each test; three zones, which take longer to start, are shared and emptied.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(OneAndThreeZones.Both.class)
@interface OneAndThreeZones {
    int initialPartitions() default 1;

    int controlPlaneDelayMillis() default 0;

    /** The two ways to run a class. */
    final class Both implements ClassTemplateInvocationContextProvider {
        @Override
        public boolean supportsClassTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<Invocation> provideClassTemplateInvocationContexts(ExtensionContext context) {
            var wanted = context.getRequiredTestClass().getAnnotation(OneAndThreeZones.class);
            UnaryOperator<EvenkeelBuilder> settings = builder -> builder.initialPartitions(wanted.initialPartitions())
                    .controlPlaneDelay(Duration.ofMillis(wanted.controlPlaneDelayMillis()));
            return Stream.of(
                    new Invocation("one node", new EvenkeelExtension(settings)),
                    new Invocation("three zones", new SharedZones(settings)));
        }
    }

    /** One of them. */
    record Invocation(String name, Extension database) implements ClassTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return name;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(database);
        }
    }
}
