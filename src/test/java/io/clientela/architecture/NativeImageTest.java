package io.clientela.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.clientela.http.json.JsonBodies;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Embeddable;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.junit.jupiter.api.Test;

/** Types read by reflection are registered for the native executable; on the JVM a missing annotation has no effect. */
class NativeImageTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.clientela");

    @Test
    void bodyTypesAreRegistered() {
        Set<String> read = new HashSet<>();
        for (JavaClass reader : CODE) {
            boolean reads = reader.getMethodCallsFromSelf().stream()
                    .map(JavaAccess::getTarget)
                    .anyMatch(target -> target.getOwner().isEquivalentTo(JsonBodies.class)
                            && target.getName().equals("read"));
            if (reads) {
                for (ReferencedClassObject referenced : reader.getReferencedClassObjects()) {
                    if (referenced.getRawType().isRecord()) {
                        read.add(referenced.getRawType().getName());
                        assertThat(referenced.getRawType().isAnnotatedWith(RegisterForReflection.class))
                                .as(referenced.getRawType().getName())
                                .isTrue();
                    }
                }
            }
        }
        assertThat(read).isNotEmpty();
    }

    @Test
    void documentedTypesAreRegistered() {
        classes()
                .that()
                .areRecords()
                .and()
                .areAnnotatedWith(Schema.class)
                .and()
                .doNotHaveSimpleName("Meta") // of Page, which resource methods return by its type
                .should()
                .beAnnotatedWith(RegisterForReflection.class)
                .orShould()
                .beAnnotatedWith(Embeddable.class)
                .check(CODE);
    }

    /** A static field is a part of the image: every process would draw the same numbers, and the build fails. */
    @Test
    void noRandomSourceIsStatic() {
        fields().that()
                .areStatic()
                .should()
                .notHaveRawType(assignableTo(Random.class))
                .check(CODE);
    }

    /** Before the start, the installed configuration holds the environment of the image build. */
    @Test
    void mainDoesNotReadInstalledConfiguration() {
        noClasses()
                .that()
                .resideInAPackage("io.clientela")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ConfigProvider.class)
                .check(CODE);
    }
}
