package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EvenkeelExtensionSettingsTest {
    @RegisterExtension
    static final EvenkeelExtension EVENKEEL = new EvenkeelExtension(builder -> builder.region("eu-north-1"));

    @Test
    void settingsApplyToEachDatabase(Evenkeel evenkeel) {
        assertThat(evenkeel.region()).isEqualTo("eu-north-1");
    }
}
