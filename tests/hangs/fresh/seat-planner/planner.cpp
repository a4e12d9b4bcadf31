#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

struct Group {
    std::string name;
    int people;
};

class Planner {
public:
    explicit Planner(int seats) : rows_(seats / 10) {}

    void plan(const std::vector<Group> &groups)
    {
        open_ = groups.size();
        for (const Group &group : groups)
            std::thread(&Planner::place, this, group).detach();
    }

    std::size_t wait_all()
    {
        std::unique_lock<std::mutex> lock(mutex_);
        done_.wait(lock, [this] { return open_ == 0; });
        return placed_.size();
    }

private:
    int find_row(const Group &group) const
    {
        return group.people > 10 ? -1 : static_cast<int>(group.name.size()) % rows_;
    }

    void place(Group group)
    {
        int row = find_row(group);
        if (row < 0) {
            std::fprintf(stderr, "no row for %s\n", group.name.c_str());
            return;
        }
        std::lock_guard<std::mutex> lock(mutex_);
        placed_.emplace_back(group.name, row);
        if (--open_ == 0)
            done_.notify_all();
    }

    int rows_;
    std::mutex mutex_;
    std::condition_variable done_;
    std::size_t open_ = 0;
    std::vector<std::pair<std::string, int>> placed_;
};

int main()
{
    Planner planner(120);
    planner.plan({{"Keller", 4}, {"Okafor", 2}, {"choir", 14}, {"Lindqvist", 6}});
    std::puts("READY");
    std::fflush(stdout);
    std::printf("%zu groups seated\n", planner.wait_all());
}
