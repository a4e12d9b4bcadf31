import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.ReentrantLock;

public class LedgerSync {
    static final class Ledger {
        private final ReentrantLock pages = new ReentrantLock();
        private final List<Long> entries = new ArrayList<>();
        private final Archive archive;

        Ledger(Archive archive) {
            this.archive = archive;
        }

        void post(long amount) throws Exception {
            pages.lock();
            try {
                entries.add(amount);
                started.await();
                archive.store(amount);
            } finally {
                pages.unlock();
            }
        }

        int size() {
            pages.lock();
            try {
                return entries.size();
            } finally {
                pages.unlock();
            }
        }
    }

    static final class Archive {
        private long total;

        synchronized void store(long amount) {
            total += amount;
        }

        synchronized String snapshot(Ledger ledger) throws Exception {
            started.await();
            return total + " in " + ledger.size() + " entries";
        }
    }

    static final CyclicBarrier started = new CyclicBarrier(2);

    static Thread named(String name, java.util.concurrent.Callable<?> work) {
        Thread thread = new Thread(() -> {
            try {
                work.call();
            } catch (Exception e) {
                e.printStackTrace();
            }
        }, name);
        thread.start();
        return thread;
    }

    public static void main(String[] args) throws Exception {
        Archive archive = new Archive();
        Ledger ledger = new Ledger(archive);
        System.out.println("READY");
        System.out.flush();
        Thread booking = named("booking", () -> {
            ledger.post(1250);
            return null;
        });
        Thread backup = named("backup", () -> archive.snapshot(ledger));
        booking.join();
        backup.join();
        System.out.println(archive.snapshot(ledger));
    }
}
