import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;

public class Migrate {
    private static final BufferedReader INPUT = new BufferedReader(new InputStreamReader(System.in));

    static boolean destructive(String sql) {
        return sql.startsWith("DROP") || sql.startsWith("DELETE");
    }

    static boolean confirm(String question) throws IOException {
        System.out.println(question + " [y/N]");
        System.out.println("READY");
        System.out.flush();
        String answer = INPUT.readLine();
        return answer != null && answer.trim().equalsIgnoreCase("y");
    }

    public static void main(String[] args) throws IOException {
        int applied = 0;
        for (String name : args) {
            String sql = Files.readString(Path.of(name)).trim();
            if (destructive(sql) && !confirm(name + " removes data, apply it?")) {
                System.out.println("skipped " + name);
                continue;
            }
            applied++;
        }
        System.out.println(applied + " of " + args.length + " plans applied");
    }
}
