import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads the customers and orders of the Chinook sample database through the API with upserts: a second run changes
 * nothing. Needs only a JDK:
 *
 * <pre>java docs/LoadChinook.java customers.csv orders.csv http://localhost:8080 "$TOKEN"</pre>
 *
 * The files are Chinook's tables Customer and Invoice as CSV (RFC 4180) with their headers. Customers and orders carry their
 * keys as external ids.
 */
public class LoadChinook {
    private static final Pattern ID = Pattern.compile("\"customer\":\\{\"id\":\"([^\"]+)\"");
    private static final Pattern OUTCOME = Pattern.compile("\"outcome\":\"([a-z]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final String token;

    LoadChinook(String url, String token) {
        this.url = url;
        this.token = token;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var loader = new LoadChinook(args[2], args[3]);
        Map<String, String> ids = new HashMap<>();
        Map<String, Integer> outcomes = new TreeMap<>();
        for (Map<String, String> row : rows(args[0])) {
            var response = loader.post("/v1/customers/upsert", json(row));
            var outcome = first(OUTCOME, response.body());
            outcomes.merge(outcome.orElse(response.body()), 1, Integer::sum);
            first(ID, response.body()).ifPresent(id -> ids.put(row.get("CustomerId"), id));
        }
        System.out.println("customers: " + outcomes);
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (Map<String, String> row : rows(args[1])) {
            var path = "/v1/customers/" + ids.get(row.get("CustomerId")) + "/orders";
            statuses.merge(loader.post(path, order(row)).statusCode(), 1, Integer::sum);
        }
        System.out.println("orders, by status of the answer: " + statuses);
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Optional<String> first(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String order(Map<String, String> row) {
        return "{\"external_id\":\"invoice-" + row.get("InvoiceId") + "\",\"status\":\"completed\",\"currency\":\"USD\","
                + "\"total\":" + row.get("Total") + ",\"placed_at\":\"" + row.get("InvoiceDate") + "Z\"}";
    }

    private static List<Map<String, String>> rows(String file) throws IOException {
        var lines = parse(Files.readString(Path.of(file)));
        var header = lines.remove(0);
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> line : lines) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < header.size(); i++) {
                row.put(header.get(i), line.get(i));
            }
            rows.add(row);
        }
        return rows;
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
