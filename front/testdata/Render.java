// Renders front/nonproxy.vtl with Apache Velocity, the engine of API Gateway's mapping
// templates, so that what the lab makes of a request in Go has a judge. It reads lines of
// "group TAB name TAB value in base64" and writes what the template makes of them.
//
//   apt-get install velocity libcommons-lang-java   # 1.7 and 2.6
//   VELOCITY=/usr/share/java/velocity.jar:/usr/share/java/commons-lang.jar:/usr/share/java/commons-collections3.jar \
//     go test ./front -run TestRequestTemplate -update
//
// $input and $util are as
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
// has them; $input.json('$') hands on a body that is JSON, and {} for none.
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.commons.lang.StringEscapeUtils;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

public class Render {
    public static class Input {
        private final Map<String, Map<String, String>> params = new LinkedHashMap<>();
        String body = "{}";

        public Map<String, Map<String, String>> params() { return params; }

        public String json(String path) {
            if (!path.equals("$")) throw new IllegalArgumentException(path);
            return body;
        }
    }

    public static class Util {
        public String escapeJavaScript(String text) { return StringEscapeUtils.escapeJavaScript(text); }
    }

    public static void main(String[] args) throws IOException {
        Input input = new Input();
        for (String type : new String[] {"path", "querystring", "header"}) input.params.put(type, new LinkedHashMap<>());
        Map<String, Object> context = new HashMap<>(), identity = new HashMap<>();
        context.put("identity", identity);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = lines.readLine()) != null; ) {
            String[] part = line.split("\t", -1);
            String value = new String(Base64.getDecoder().decode(part[2]), StandardCharsets.UTF_8);
            switch (part[0]) {
                case "body": input.body = value; break;
                case "context": context.put(part[1], value); break;
                case "identity": identity.put(part[1], value); break;
                default: input.params.get(part[0]).put(part[1], value);
            }
        }
        VelocityContext c = new VelocityContext();
        c.put("input", input);
        c.put("util", new Util());
        c.put("stageVariables", new HashMap<String, String>());
        c.put("context", context);
        VelocityEngine engine = new VelocityEngine();
        engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
        Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
        engine.evaluate(c, out, "nonproxy.vtl", Files.readString(Path.of(args[0])));
        out.flush();
    }
}
