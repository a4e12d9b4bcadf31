import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** Hangs in the way that its argument names, and says that it is ready before. */
public class Waits {
    static final Object ledger = new Object();
    static final Object audit = new Object();

    static void ready() {
        System.out.println("ready");
        System.out.flush();
    }

    static Thread takeBoth(Object first, Object second, CountDownLatch both) {
        Thread thread = new Thread(() -> {
            synchronized (first) {
                both.countDown();
                try {
                    both.await();
                } catch (InterruptedException e) {
                    return;
                }
                synchronized (second) { }
            }
        });
        thread.start();
        return thread;
    }

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "locks":
                CountDownLatch both = new CountDownLatch(2);
                Thread thread = takeBoth(ledger, audit, both);
                takeBoth(audit, ledger, both);
                both.await();
                ready();
                thread.join();
                break;
            case "queue":
                ready();
                new LinkedBlockingQueue<String>().take();
                break;
            case "future":
                ready();
                new CompletableFuture<String>().get();
                break;
            case "accept":
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ready();
                server.accept();
                break;
            case "sleep":
                ready();
                Thread.sleep(1_000_000);
                break;
        }
    }
}
