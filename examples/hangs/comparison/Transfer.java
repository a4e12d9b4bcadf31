import java.util.concurrent.CountDownLatch;

class Transfer {
  static final Object savings = new Object(), wages = new Object();
  static final CountDownLatch bothHaveOne = new CountDownLatch(2);

  static void transfer(Object source, Object target) {
    synchronized (source) {
      bothHaveOne.countDown();
      try {
        bothHaveOne.await();
      } catch (InterruptedException interrupted) {
        return;
      }
      synchronized (target) {
        System.out.println("transfer done");
      }
    }
  }

  public static void main(String[] arguments) {
    new Thread(() -> transfer(wages, savings), "pay-in").start();
    transfer(savings, wages);
  }
}
