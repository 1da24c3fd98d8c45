package io.clientela.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.junit.jupiter.api.Test;

/** What the native executable finds by reflection is registered: on the JVM a forgotten annotation goes unnoticed. */
class NativeImageTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.clientela");

    @Test
    void whatBodiesAreReadIntoIsRegistered() {
        Set<String> read = new HashSet<>();
        for (JavaClass reader : CODE) {
            boolean reads = reader.getMethodCallsFromSelf().stream()
                    .map(JavaAccess::getTarget)
                    .anyMatch(target -> target.getOwner().isEquivalentTo(JsonBodies.class)
                            && target.getName().equals("read"));
            if (reads) {
                for (ReferencedClassObject named : reader.getReferencedClassObjects()) {
                    if (named.getRawType().isRecord()) {
                        read.add(named.getRawType().getName());
                        assertThat(named.getRawType().isAnnotatedWith(RegisterForReflection.class))
                                .as(named.getRawType().getName())
                                .isTrue();
                    }
                }
            }
        }
        assertThat(read).isNotEmpty();
    }

    @Test
    void whatTheDocumentShowsIsRegistered() {
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
}
