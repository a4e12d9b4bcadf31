import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

public class Desk {
    static class RateBook {
        private final Map<String, String> rates = new HashMap<>();
        private final BufferedReader in;
        private final BufferedWriter out;

        RateBook(Socket socket) throws IOException {
            in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            out = new BufferedWriter(new OutputStreamWriter(socket.getOutputStream()));
        }

        synchronized void refresh(List<String> pairs) throws IOException {
            for (String pair : pairs) {
                out.write("quote " + pair + "\n");
                rates.put(pair, in.readLine().split(" ")[1]);
            }
        }

        synchronized String latest(String pair) {
            return rates.getOrDefault(pair, "no rate");
        }
    }

    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        RateBook book = new RateBook(socket);
        List<String> pairs = List.of("EURUSD", "EURGBP", "EURCHF");
        Thread poller = new Thread(() -> {
            try {
                book.refresh(pairs);
            } catch (IOException e) {
                System.err.println("refresh: " + e.getMessage());
            }
        }, "rate-poller");
        poller.setDaemon(true);
        poller.start();
        Thread.sleep(300);
        System.out.println("READY");
        System.out.flush();
        for (String pair : pairs) {
            System.out.println(pair + " " + book.latest(pair));
        }
    }
}
