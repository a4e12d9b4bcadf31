import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

public class Convert {
    static List<String> convert(String folder, int count) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder("perl", "tiff2png.pl", folder, Integer.toString(count)).start();
        List<String> written = new ArrayList<>();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(tool.getInputStream()))) {
            String line;
            while ((line = out.readLine()) != null) {
                written.add(line);
            }
        }
        StringBuilder problems = new StringBuilder();
        try (BufferedReader err = new BufferedReader(new InputStreamReader(tool.getErrorStream()))) {
            String line;
            while ((line = err.readLine()) != null) {
                problems.append(line).append('\n');
            }
        }
        int status = tool.waitFor();
        if (status != 0) {
            throw new IOException("tiff2png: " + status + "\n" + problems);
        }
        return written;
    }

    public static void main(String[] args) throws Exception {
        System.out.println(convert("small", 10).size() + " pictures");
        System.out.println("READY");
        System.out.flush();
        System.out.println(convert("scans", 4000).size() + " pictures");
    }
}
