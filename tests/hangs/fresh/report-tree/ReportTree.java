import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

public class ReportTree {
    static final CountDownLatch outlined = new CountDownLatch(1);
    static final AtomicInteger serial = new AtomicInteger();
    static final ExecutorService renderers = Executors.newFixedThreadPool(3, task -> {
        Thread thread = new Thread(task, "renderer-" + serial.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    static int renderChapter(int chapter) throws InterruptedException {
        outlined.await();
        int size = 0;
        List<Future<Integer>> sections = new ArrayList<>();
        for (int n = 1; n <= 4; n++) {
            int section = n;
            sections.add(renderers.submit(() -> renderSection(chapter, section)));
        }
        for (Future<Integer> section : sections) {
            size += collect(section);
        }
        return size;
    }

    static int renderSection(int chapter, int section) {
        return ("chapter " + chapter + "." + section).repeat(section).length();
    }

    static int collect(Future<Integer> part) {
        try {
            return part.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] args) {
        List<Future<Integer>> chapters = new ArrayList<>();
        System.out.println("READY");
        System.out.flush();
        for (int n = 1; n <= 6; n++) {
            int chapter = n;
            chapters.add(renderers.submit(() -> renderChapter(chapter)));
        }
        outlined.countDown();
        int size = 0;
        for (Future<Integer> chapter : chapters) {
            size += collect(chapter);
        }
        System.out.println("report has " + size + " characters");
    }
}
