import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates the customers of the Chinook sample database through the API. Needs a JDK and nothing else:
 *
 * <pre>java docs/LoadChinook.java customers.csv http://localhost:8080 "$TOKEN"</pre>
 *
 * The file is Chinook's table Customer as CSV (RFC 4180) with its header. Each row is sent with an Idempotency-Key and an
 * external id, so that running it again within a day creates nobody twice.
 */
public class LoadChinook {
    public static void main(String[] args) throws IOException, InterruptedException {
        var rows = parse(Files.readString(Path.of(args[0])));
        var header = rows.remove(0);
        var client = HttpClient.newHttpClient();
        Map<Integer, Integer> answers = new TreeMap<>();
        for (List<String> row : rows) {
            Map<String, String> customer = new LinkedHashMap<>();
            for (int i = 0; i < header.size(); i++) {
                customer.put(header.get(i), row.get(i));
            }
            var request = HttpRequest.newBuilder(URI.create(args[1] + "/v1/customers"))
                    .header("Authorization", "Bearer " + args[2])
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "chinook-" + customer.get("CustomerId"))
                    .POST(HttpRequest.BodyPublishers.ofString(json(customer)))
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            answers.merge(answer.statusCode(), 1, Integer::sum);
            if (answer.statusCode() != 201) {
                System.out.println(customer.get("CustomerId") + ": " + answer.body());
            }
        }
        System.out.println("answers by status: " + answers);
    }

    private static String json(Map<String, String> row) {
        var address = Stream.of("Address", "City", "State", "PostalCode", "Country")
                .map(row::get)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("external_id", "chinook-" + row.get("CustomerId"));
        fields.put("first_name", row.get("FirstName"));
        fields.put("last_name", row.get("LastName"));
        fields.put("company_name", row.get("Company"));
        fields.put("email", row.get("Email"));
        fields.put("phone", row.get("Phone"));
        fields.put("address", address);
        fields.put("source", "chinook");
        return fields.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> quoted(field.getKey()) + ":" + quoted(field.getValue()))
                .collect(Collectors.joining(",", "{", ",\"tags\":[" + quoted(row.get("Country")) + "]}"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static List<List<String>> parse(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                cell.append(csv.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(cell.toString().strip());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                cell.append(c);
            }
        }
        if (!row.isEmpty()) {
            row.add(cell.toString().strip());
            rows.add(row);
        }
        return rows;
    }
}
