import java.io.BufferedReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

public class RateClient {
    static final class Link {
        final Socket socket;
        final BufferedReader in;

        Link(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        }

        void say(String line) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }

    static void serveRates(ServerSocket server) {
        while (true) {
            try (Socket socket = server.accept()) {
                Link link = new Link(socket);
                String pair;
                while ((pair = link.in.readLine()) != null) {
                    link.say(pair + " " + (1 + pair.hashCode() % 100 / 1000.0));
                }
            } catch (IOException e) {
                System.err.println(e);
            }
        }
    }

    static final Deque<Link> idle = new ArrayDeque<>();
    static int port;

    static Link checkOut() throws IOException {
        Link link = idle.poll();
        return link != null ? link : new Link(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    static String fetchRate(String pair) throws IOException {
        Link link = checkOut();
        link.say(pair);
        String rate = link.in.readLine();
        return rate;
    }

    public static void main(String[] args) throws Exception {
        ServerSocket server = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        port = server.getLocalPort();
        if (System.getenv("HANG_FACTS") != null) {
            try (FileWriter facts = new FileWriter(System.getenv("HANG_FACTS"), true)) {
                facts.write("port=" + port + "\n");
            }
        }
        Thread stub = new Thread(() -> serveRates(server), "rate-stub");
        stub.setDaemon(true);
        stub.start();
        System.out.println(fetchRate("EURUSD"));
        System.out.println("READY");
        System.out.flush();
        System.out.println(fetchRate("EURCHF"));
    }
}
