#include <pthread.h>

#include <atomic>
#include <cstdio>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

class PriceBook {
public:
    double lookup(const std::string &symbol) {
        std::shared_lock<std::shared_mutex> reading(guard_);
        auto it = prices_.find(symbol);
        if (it != prices_.end())
            return it->second;
        return load(symbol);
    }

    std::atomic<int> loading{0};

private:
    double load(const std::string &symbol) {
        double price = fetch(symbol);
        std::unique_lock<std::shared_mutex> writing(guard_);
        prices_[symbol] = price;
        return price;
    }

    double fetch(const std::string &symbol) {
        loading++;
        while (loading < 2)
            std::this_thread::yield();
        return 17.5 * symbol.size();
    }

    std::shared_mutex guard_;
    std::map<std::string, double> prices_;
};

int main() {
    PriceBook book;
    std::vector<std::thread> desks;
    std::puts("READY");
    std::fflush(stdout);
    for (const char *symbol : {"GOLD", "COPPER"})
        desks.emplace_back([&book, symbol] {
            std::string name = std::string("desk-") + symbol;
            pthread_setname_np(pthread_self(), name.c_str());
            std::printf("%s %.2f\n", symbol, book.lookup(symbol));
        });
    for (auto &desk : desks)
        desk.join();
    return 0;
}
